const prices = [3, 4];
let discount = Number(process.env.DISCOUNT ?? 1);

class Basket {
  constructor(owner) {
    this.owner = owner;
    this.items = [];
  }
  add(price) {
    this.items.push(price);
    return this.items.length;
  }
}

function total(basket, taxes) {
  let amount = 0;
  for (const price of basket.items) {
    const withTax = price * (1 + taxes);
    amount += withTax;
    basket.items.forEach((entry) => {
      console.log(entry, price, amount);
    });
  }
  return amount - discount;
}

async function main() {
  const basket = new Basket('Ann');
  for (const price of prices) basket.add(price);
  discount += 1;
  console.log(total(basket, 0.5));
  const later = await Promise.resolve(basket);
  setTimeout(() => {
    console.log(later.owner);
  }, 1);
}

setTimeout(main, 1);
