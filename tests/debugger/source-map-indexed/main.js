const add = (x, y) => {
    return x + y;
};
const sum = add(1, 2);
console.log(sum);
//# sourceMappingURL=bundle.map
