await new Promise(function wait(resolve) { setTimeout(resolve, 5); });
