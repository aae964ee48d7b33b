// Line ends of Windows.
const a = 1;
  throw new Error("crlf");
