process.on('unhandledRejection', function told(error) {
  console.log('told', error.message);
});
Promise.reject(new Error('nobody'));
setTimeout(function later() {
  console.log('later');
}, 5);
