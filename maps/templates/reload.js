'use strict';
// Stands only in the copy that `waybill render --watch` serves; the file on disk is without it.
(() => {
  const shown = document.currentScript.dataset.edition;
  const WAIT_MS = 500;
  const MOST_FAILURES = 20; // the command has ended: stop asking
  let failures = 0;

  async function look() {
    try {
      const answer = await fetch('edition', {cache: 'no-store'});
      if (!answer.ok) throw new Error(String(answer.status));
      failures = 0;
      if ((await answer.text()) !== shown) {
        location.reload(); // the state stands in the fragment and stays
        return;
      }
    } catch {
      failures += 1;
    }
    if (failures < MOST_FAILURES) setTimeout(look, WAIT_MS);
  }

  setTimeout(look, WAIT_MS);
})();
