/* The keyboard of a tree, as the ARIA pattern has it: one stop for Tab, arrows within, letters to jump. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  /** Items that can be seen, in order. */
  function visible(tree) {
    return [...tree.querySelectorAll('[role=treeitem]')].filter((item) => {
      for (let up = item.parentElement; up && up !== tree; up = up.parentElement) if (up.hidden) return false;
      return true;
    });
  }
  function parentOf(item) {
    return item.parentElement && item.parentElement.closest('[role=treeitem]');
  }

  /** Make `item` the one that Tab reaches; the buttons of its row are reached after it. */
  function rove(tree, item) {
    tree.querySelectorAll('[role=treeitem]').forEach((other) => other.setAttribute('tabindex', other === item ? '0' : '-1'));
    tree.querySelectorAll('[data-row-button]').forEach((button) => {
      const own = button.closest('[role=treeitem]') === item;
      button.setAttribute('tabindex', own ? '0' : '-1');
    });
  }

  /** `on` has toggle(item), activate(item), fold(item, open). */
  function attach(tree, on) {
    function go(item) {
      if (!item) return;
      rove(tree, item);
      item.focus({preventScroll: true});
      item.scrollIntoView({block: 'nearest'});
    }
    function jump(items, at, letter) {
      const after = items.slice(at + 1).concat(items.slice(0, at + 1));
      go(after.find((item) => (item.dataset.name || '').toLowerCase().startsWith(letter)));
    }
    tree.addEventListener('focusin', (event) => {
      const item = event.target.closest('[role=treeitem]');
      if (item) rove(tree, item);
    });
    tree.addEventListener('keydown', (event) => {
      const item = event.target;
      if (item.getAttribute('role') !== 'treeitem' || event.altKey || event.ctrlKey || event.metaKey) return;
      const items = visible(tree);
      const at = items.indexOf(item);
      const open = item.getAttribute('aria-expanded');
      const acts = {
        ArrowDown: () => go(items[at + 1]),
        ArrowUp: () => go(items[at - 1]),
        Home: () => go(items[0]),
        End: () => go(items[items.length - 1]),
        ArrowRight: () => (open === 'false' ? on.fold(item, true) : open === 'true' ? go(items[at + 1]) : null),
        ArrowLeft: () => (open === 'true' ? on.fold(item, false) : go(parentOf(item))),
        ' ': () => on.toggle(item),
        Enter: () => on.activate(item)
      };
      if (acts[event.key]) acts[event.key]();
      else if (event.key.length === 1 && /\S/.test(event.key)) jump(items, at, event.key.toLowerCase());
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  Waybill.treekeys = {attach, rove, visible};
})(typeof globalThis === 'object' ? globalThis : this);
