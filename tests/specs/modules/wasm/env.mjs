export const add = (a, b) => a + b * 10; console.log("env")
