debugger;
console.log(1);
//# sourceMappingURL=nowhere.map
