function say(text) {
  const whole = text.repeat(3);
  console.log(whole);
}
say(process.argv[2]);
