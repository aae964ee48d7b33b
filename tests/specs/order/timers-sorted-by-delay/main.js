// Timers fire by due time, whatever the order in which they were made.
for (const ms of [300, 1, 200, 100]) setTimeout(() => console.log(ms), ms);
