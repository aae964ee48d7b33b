'use strict';

// A binary heap of timer lists: the list whose first timer is due next comes first, the older list among equals.
// `list.priorityQueuePosition` is the list's index, -1 outside the heap.

const lists = [];

function isBefore(a, b) {
  return a.expiry === b.expiry ? a.id < b.id : a.expiry < b.expiry;
}

function place(list, index) {
  lists[index] = list;
  list.priorityQueuePosition = index;
}

function siftUp(index) {
  const list = lists[index];
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(list, lists[parent])) break;
    place(lists[parent], index);
    index = parent;
  }
  place(list, index);
}

function siftDown(index) {
  const list = lists[index];
  for (;;) {
    let child = 2 * index + 1;
    if (child >= lists.length) break;
    if (child + 1 < lists.length && isBefore(lists[child + 1], lists[child])) child += 1;
    if (!isBefore(lists[child], list)) break;
    place(lists[child], index);
    index = child;
  }
  place(list, index);
}

module.exports = {
  /** The list that is due next; undefined when there is none. */
  first() {
    return lists[0];
  },

  add(list) {
    lists.push(list);
    siftUp(lists.length - 1);
  },

  remove(list) {
    const index = list.priorityQueuePosition;
    if (index === -1) return;
    list.priorityQueuePosition = -1;
    const last = lists.pop();
    if (last === list) return;
    place(last, index);
    siftUp(index);
    siftDown(last.priorityQueuePosition);
  },

  /** Gives a list a later expiry. */
  postpone(list, expiry) {
    list.expiry = expiry;
    siftDown(list.priorityQueuePosition);
  },
};
