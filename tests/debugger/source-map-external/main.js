"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.area = area;
var Kind;
(function (Kind) {
    Kind[Kind["A"] = 0] = "A";
    Kind[Kind["B"] = 1] = "B";
})(Kind || (Kind = {}));
function area(p) {
    const w = p.x, h = p.y;
    return w * h;
}
class Box {
    constructor(p) {
        this.p = p;
    }
    get size() {
        return area(this.p);
    }
}
async function main() {
    const box = new Box({ x: 2, y: 3 });
    await null;
    console.log(box.size, Kind.B);
}
main();
//# sourceMappingURL=main.js.map