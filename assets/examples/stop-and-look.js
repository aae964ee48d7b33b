// Stop and look: a program with a mistake, and the debugger to find it.
//
// The run stands still at the word `debugger`. Open `order` in the debugger's panel, step with F10 and F11, watch
// `order.total`, set a breakpoint beside line 17 and run again: which item spoils the sum? F5 goes on.

const { setTimeout: later } = require('node:timers/promises');

const prices = new Map([['apple', 0.5], ['bread', 3.2], ['tea', '4.1']]);

function priceOf(item) {
  return prices.get(item);
}

function add(order, item) {
  const price = priceOf(item);
  order.items.push({ item, price });
  order.total += price;
  return order;
}

async function shop(customer, items) {
  const order = { customer, items: [], total: 0 };
  for (const item of items) {
    await later(5);
    add(order, item);
  }
  if (typeof order.total !== 'number') {
    debugger; // How did a text come into the sum?
  }
  return order;
}

setTimeout(async function open() {
  const orders = await Promise.all([
    shop('Ada', ['apple', 'bread']),
    shop('Grace', ['bread', 'tea', 'apple']),
  ]);
  for (const { customer, total } of orders) console.log(`${customer} pays ${total}`);
}, 10);
