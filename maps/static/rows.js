/* Lines of a packed frame as the routes of a document, without an object of texts for each: a row reads its columns when asked. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const NONE = Object.freeze([]);
  const legsOf = new Map();

  /** The one leg of a line; lines of one mode share it, as it says nothing else. */
  function legs(mode) {
    const key = mode || 'unknown';
    if (!legsOf.has(key)) legsOf.set(key, Object.freeze([Object.freeze({seq: 1, mode: key})]));
    return legsOf.get(key);
  }

  class Row {
    constructor(frame, at) {
      this.frame = frame;
      this.at = at;
    }
    get id() {
      const {columns} = this.frame;
      return columns.id ? columns.id[this.at] : 'line-' + (columns.number[this.at] + 1);
    }
    get title() {
      const {columns} = this.frame;
      return columns.title.at(this.at) || 'Line ' + (columns.number[this.at] + 1);
    }
    get layer() {
      return this.frame.columns.layer.at(this.at);
    }
    get status() {
      return this.frame.columns.status.at(this.at) || undefined;
    }
    get known_from() {
      return this.frame.columns.known_from.at(this.at);
    }
    get mode() {
      return this.frame.columns.mode.at(this.at) || 'unknown';
    }
    get legs() {
      return legs(this.mode);
    }
    /** Length on the ellipsoid in km; null until the coordinates are read. */
    get length_km() {
      const {shapes} = this.frame;
      return shapes ? Math.round(shapes.km[this.at] * 10) / 10 : null;
    }
    /** Two corners, [lat, lon], of the box around it; null until the coordinates are read. */
    get box() {
      const {shapes} = this.frame;
      if (!shapes) return null;
      const [west, north, east, south] = shapes.frames.subarray(4 * this.at, 4 * this.at + 4);
      return [Waybill.mercator.unproject(west, north), Waybill.mercator.unproject(east, south)];
    }
    get attributes() {
      const found = {};
      this.frame.columns.attributes.forEach(({name, column}) => {
        const text = column.at(this.at);
        if (text !== null) Object.defineProperty(found, name, {value: text, enumerable: true});
      });
      return found;
    }
  }
  // what the lines of a case have and these do not
  ['denied_by', 'events', 'claims', 'measures'].forEach((key) => Object.defineProperty(Row.prototype, key, {get: () => NONE}));

  /** One row for each way in which lines look and are grouped: enough to know what a legend must explain. */
  function examples(rows) {
    const seen = new Map();
    rows.forEach((row) => {
      const {layer, mode, status} = row.frame.columns;
      const key = [layer, mode, status].map((one) => (one.codes ? one.codes[row.at] : one.at(row.at))).join('|');
      if (!seen.has(key)) seen.set(key, row);
    });
    return [...seen.values()];
  }

  /** `frame` is {columns, count}; shapes come to it later. */
  function create(frame) {
    return Array.from({length: frame.count}, (_, at) => new Row(frame, at));
  }

  Waybill.rows = {create, examples, Row};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.rows;
})(typeof globalThis === 'object' ? globalThis : this);
