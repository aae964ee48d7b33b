export function setTheTimer() {
  setTimeout(function later() {}, 1);
}
