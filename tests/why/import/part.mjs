setTimeout(function later() {}, 1);
