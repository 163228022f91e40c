/* Which points stand too near one another on the screen, and how a group of them unfolds. Pure; pixels. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const RINGS = [
    {most: 8, radius: 34},
    {most: 14, radius: 62}
  ];

  /**
   * Groups of items ({key, x, y}) such that the middles of any two groups are at least `reach` apart. What comes first
   * gathers what is near; groups whose middles have come too near are joined. The order of the items is kept.
   */
  function group(items, reach) {
    let groups = items.map((item) => ({items: [item], x: item.x, y: item.y}));
    for (let joined = true; joined; ) {
      joined = false;
      const next = [];
      groups.forEach((one) => {
        const near = next.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < reach);
        if (!near) {
          next.push(one);
          return;
        }
        joined = true;
        near.items = near.items.concat(one.items);
        near.x = mean(near.items, 'x');
        near.y = mean(near.items, 'y');
      });
      groups = next;
    }
    return groups.map((one) => Object.assign(one, {key: keyOf(one.items)}));
  }
  function mean(items, axis) {
    return items.reduce((sum, item) => sum + item[axis], 0) / items.length;
  }
  /** The same for the same items, whatever their order. */
  function keyOf(items) {
    return JSON.stringify(items.map((item) => item.key).sort());
  }

  /** Where `n` items go around the middle of their group, clockwise from the top, or null if two rings do not hold them. */
  function spider(n) {
    const room = RINGS.reduce((sum, ring) => sum + ring.most, 0);
    if (n > room) return null;
    const inner = n <= RINGS[0].most ? n : Math.round((n * RINGS[0].most) / room);
    return circle(inner, RINGS[0].radius, 0).concat(circle(n - inner, RINGS[1].radius, Math.PI / Math.max(1, n - inner)));
  }
  function circle(n, radius, turn) {
    return Array.from({length: n}, (_, i) => {
      const angle = turn - Math.PI / 2 + (2 * Math.PI * i) / n;
      return {x: radius * Math.cos(angle), y: radius * Math.sin(angle)};
    });
  }

  Waybill.clusters = {group, spider};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.clusters;
})(typeof globalThis === 'object' ? globalThis : this);
