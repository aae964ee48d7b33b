exports.value = 1 as number;
