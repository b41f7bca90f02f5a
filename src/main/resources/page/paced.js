// Work that many events ask for, done at most once in a while and not while nobody looks.

// work: may be asynchronous; what is asked for meanwhile is done once more after it
// afterMillis: from the first question to the work; everyMillis: from one work to the next
export function paced(work, afterMillis, everyMillis) {
  let timer;
  let isBusy = false;
  let isAsked = false;
  let isEnded = false;
  let lastMillis = -Infinity;

  function ask() {
    isAsked = true;
    if (isEnded || isBusy || timer !== undefined || document.hidden) return;
    timer = setTimeout(run, Math.max(afterMillis, lastMillis + everyMillis - performance.now()));
  }

  async function run() {
    timer = undefined;
    if (isEnded || document.hidden) return;
    isAsked = false;
    isBusy = true;
    lastMillis = performance.now();
    try {
      await work();
    } finally {
      isBusy = false;
      if (isAsked) ask();
    }
  }

  const seen = () => {
    if (isAsked) ask();
  };
  document.addEventListener('visibilitychange', seen);
  return {
    ask,
    end() {
      isEnded = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
