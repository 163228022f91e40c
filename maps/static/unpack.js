/* Reads what maps/packing.py writes: planes of bytes to whole numbers, steps to coordinates, columns to texts. Pure: no document. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});

  const MOST = 2 ** 28; // numbers of one array; more is a damaged count, and would take gigabytes before that is found

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = root.atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  /** The browser inflates beside the page's own work. Bytes are written at once: a Blob's stream comes in small pieces. */
  async function inflate(bytes) {
    const {readable, writable} = new root.DecompressionStream('deflate');
    const writer = writable.getWriter();
    // what goes wrong here is told by the reading side
    writer.write(bytes).catch(() => {});
    writer.close().catch(() => {});
    return new Uint8Array(await new Response(readable).arrayBuffer());
  }

  const damaged = (what) => new Error('the ' + what + ' are damaged');

  /** `count` whole numbers from their planes; throws if a plane is damaged. */
  async function integers(planes, count) {
    if (!Array.isArray(planes) || planes.length > 4 || !(Number.isInteger(count) && count >= 0 && count < MOST)) throw damaged('numbers');
    const read = await Promise.all(planes.map(([how, text]) => (how === 'deflate' ? inflate(bytesOf(text)) : bytesOf(text))));
    if (read.some((plane) => plane.length !== count)) throw new Error('a plane of numbers is damaged');
    const numbers = new Int32Array(count);
    const [a, b, c, d] = [0, 1, 2, 3].map((place) => read[place]);
    for (let i = 0; i < count; i++) {
      const zigzag = (a ? a[i] : 0) | (b ? b[i] << 8 : 0) | (c ? c[i] << 16 : 0) | (d ? d[i] << 24 : 0);
      numbers[i] = (zigzag >>> 1) ^ -(zigzag & 1);
    }
    return numbers;
  }

  /** Turn steps (order 1) or changes of steps (order 2) into numbers, in place, line by line. */
  function restore(numbers, sizes, order) {
    let at = 0;
    let head = 0;
    for (let line = 0; line < sizes.length; line++) {
      head += numbers[at];
      numbers[at] = head;
      const end = at + sizes[line];
      let value = head;
      let step = 0;
      for (let i = at + 1; i < end; i++) {
        step = order === 2 ? step + numbers[i] : numbers[i];
        value += step;
        numbers[i] = value;
      }
      at = end;
    }
    return numbers;
  }

  /** {sizes, lon, lat, scale}: vertices of each part, and whole numbers of which `scale` make a degree. */
  async function points(packed) {
    const sizes = await integers(packed.sizes, packed.lines);
    if (sizes.some((size) => size < 1) || sizes.reduce((a, b) => a + b, 0) !== packed.vertices) throw new Error('the sizes of the lines are damaged');
    const [lon, lat] = await Promise.all(
      packed.axes.map(async (axis) => restore(await integers(axis.planes, packed.vertices), sizes, axis.order))
    );
    const scale = Math.pow(10, packed.precision);
    const within = (numbers, degrees) => numbers.every((one) => Math.abs(one) <= degrees * scale);
    // a longitude goes on over the antimeridian, once or twice
    if (!within(lat, 90) || !within(lon, 900)) throw damaged('points');
    return {sizes, lon, lat, scale};
  }

  /** The parts of `count` lines, or null where each has one; throws unless they are those of the points. */
  async function parts(rows, count, read) {
    const found = rows ? await integers(rows, count) : null;
    const {sizes} = await read;
    if (found ? found.some((one) => one < 1) || found.reduce((a, b) => a + b, 0) !== sizes.length : sizes.length !== count) throw damaged('parts');
    return found;
  }

  /** A column as {at(row), codes, values}: the text of a row, or null where it has none. */
  async function column(packed, count) {
    if (!packed) return {at: () => null, values: [], codes: null};
    const {values} = packed;
    if (!Array.isArray(values) || (!packed.codes && values.length !== count)) throw damaged('columns');
    if (!packed.codes) return {at: (row) => values[row], values, codes: null};
    const codes = await integers(packed.codes, count);
    if (codes.some((code) => code < 0 || code > values.length)) throw damaged('columns');
    return {at: (row) => (codes[row] ? values[codes[row] - 1] : null), values, codes};
  }

  /** The columns of `count` lines, as maps/dense.py describes them. */
  async function columns(text, count) {
    const packed = JSON.parse(new TextDecoder().decode(await inflate(bytesOf(text))));
    if (packed.id && !(Array.isArray(packed.id) && packed.id.length === count)) throw damaged('columns');
    const names = ['title', 'layer', 'mode', 'status', 'known_from'];
    const own = await Promise.all(names.map((name) => column(packed[name], count)));
    const attributes = await Promise.all(
      (packed.attributes || []).map(async ([name, values]) => ({name, column: await column(values, count)}))
    );
    const steps = await integers(packed.number, count);
    const number = steps.map(((sum) => (step) => (sum += step))(0));
    return Object.assign({number, id: packed.id, attributes}, ...names.map((name, i) => ({[name]: own[i]})));
  }

  Waybill.unpack = {integers, restore, points, parts, columns};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.unpack;
})(typeof globalThis === 'object' ? globalThis : this);
