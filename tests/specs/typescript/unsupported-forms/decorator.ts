function d(x: any, y: any) { return x; }
@d class C {}
