/* Distances and lines on the WGS 84 ellipsoid, in degrees and metres. Pure.
   After T. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid with application of nested equations,
   Survey Review 23 (176), 1975, 88-93; good to less than a millimetre where it converges. */
(function (root) {
  'use strict';
  const Waybill = (root.Waybill = root.Waybill || {});
  const A = 6378137; // semi-major axis and flattening: NGA.STND.0036 (WGS 84), table 3.1
  const F = 1 / 298.257223563;
  const B = A * (1 - F);
  const HALF_MERIDIAN_M = 20003931.4586; // pole to pole: how far apart antipodes are, wherever they lie
  const ROUNDS = 200;
  const SMALL = 1e-12; // radians, some micrometres on the ground
  const {sin, cos, tan, atan, atan2, sqrt, hypot, abs, PI} = Math;
  const rad = (degrees) => (degrees * PI) / 180;
  const deg = (radians) => (radians * 180) / PI;

  /** An angle from -180 (left out) to 180 degrees. */
  function half(degrees) {
    const turned = degrees - 360 * Math.round(degrees / 360);
    return turned === -180 ? 180 : turned;
  }
  const azimuth = (radians) => (deg(radians) + 360) % 360;

  /** Vincenty's A and B, and his change of the arc, for the squared second eccentricity seen along the geodesic. */
  function series(u2) {
    const big = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    const small = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    const change = (sinArc, cosArc, middle) =>
      small * sinArc * (middle + (small / 4) * (cosArc * (2 * middle * middle - 1) -
        (small / 6) * middle * (4 * sinArc * sinArc - 3) * (4 * middle * middle - 3)));
    return {big, change};
  }
  /** Longitude on the ellipsoid is that on the auxiliary sphere less this. */
  function shift(sinAlpha, cos2Alpha, arc, sinArc, cosArc, middle) {
    const c = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    return (1 - c) * F * sinAlpha * (arc + c * sinArc * (middle + c * cosArc * (2 * middle * middle - 1)));
  }
  const squared = (cos2Alpha) => (cos2Alpha * (A * A - B * B)) / (B * B);

  /**
   * Where the series does not converge, points are nearly opposite each other, and a sphere on which opposite points
   * are as far apart as on the ellipsoid is right to 0.5 %; the azimuths are those of the sphere.
   */
  function onSphere(lat1, lat2, lon) {
    const away = hypot(sin((lat2 - lat1) / 2), sqrt(cos(lat1) * cos(lat2)) * sin(lon / 2));
    const back = hypot(cos(lat2) * sin(lon), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon));
    const front = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon);
    return {
      metres: away ? (HALF_MERIDIAN_M / PI) * atan2(back, front) : 0,
      azimuth1: azimuth(atan2(cos(lat2) * sin(lon), cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon))),
      azimuth2: azimuth(atan2(cos(lat1) * sin(lon), cos(lat1) * sin(lat2) * cos(lon) - sin(lat1) * cos(lat2))),
      approximate: true
    };
  }

  /** Distance and the directions of travel at both ends, clockwise from north; `approximate` where opposite points are. */
  function inverse(a, b) {
    const lon = rad(half(b.lon - a.lon));
    const [u1, u2] = [a, b].map((p) => atan((1 - F) * tan(rad(p.lat))));
    const [s1, c1, s2, c2] = [sin(u1), cos(u1), sin(u2), cos(u2)];
    let lambda = lon;
    for (let i = 0; i < ROUNDS; i++) {
      const across = c2 * sin(lambda);
      const along = c1 * s2 - s1 * c2 * cos(lambda);
      const sinArc = hypot(across, along);
      const cosArc = s1 * s2 + c1 * c2 * cos(lambda);
      if (sinArc < SMALL && cosArc > 0) return {metres: 0, azimuth1: 0, azimuth2: 0, approximate: false};
      if (sinArc < SMALL) break;
      const arc = atan2(sinArc, cosArc);
      const sinAlpha = (c1 * c2 * sin(lambda)) / sinArc;
      const cos2Alpha = 1 - sinAlpha * sinAlpha;
      const middle = cos2Alpha > SMALL ? cosArc - (2 * s1 * s2) / cos2Alpha : 0; // 0 on the equator
      const before = lambda;
      lambda = lon + shift(sinAlpha, cos2Alpha, arc, sinArc, cosArc, middle);
      if (abs(lambda) > PI) break;
      if (abs(lambda - before) > SMALL) continue;
      const {big, change} = series(squared(cos2Alpha));
      return {
        metres: B * big * (arc - change(sinArc, cosArc, middle)),
        azimuth1: azimuth(atan2(c2 * sin(lambda), c1 * s2 - s1 * c2 * cos(lambda))),
        azimuth2: azimuth(atan2(c1 * sin(lambda), c1 * s2 * cos(lambda) - s1 * c2)),
        approximate: false
      };
    }
    return onSphere(rad(a.lat), rad(b.lat), lon);
  }

  /** Where one comes out after `metres` from a point in a direction, with the direction of travel there. */
  function direct(a, azimuth1, metres) {
    const alpha1 = rad(azimuth1);
    const tanU1 = (1 - F) * tan(rad(a.lat));
    const c1 = 1 / sqrt(1 + tanU1 * tanU1);
    const s1 = tanU1 * c1;
    const arc1 = atan2(tanU1, cos(alpha1));
    const sinAlpha = c1 * sin(alpha1);
    const cos2Alpha = 1 - sinAlpha * sinAlpha;
    const {big, change} = series(squared(cos2Alpha));
    const first = metres / (B * big);
    let arc = first;
    for (let i = 0; i < ROUNDS; i++) {
      const next = first + change(sin(arc), cos(arc), cos(2 * arc1 + arc));
      const done = abs(next - arc) < SMALL;
      arc = next;
      if (done) break;
    }
    const [sinArc, cosArc, middle] = [sin(arc), cos(arc), cos(2 * arc1 + arc)];
    const rest = s1 * sinArc - c1 * cosArc * cos(alpha1);
    const lat = atan2(s1 * cosArc + c1 * sinArc * cos(alpha1), (1 - F) * hypot(sinAlpha, rest));
    const lambda = atan2(sinArc * sin(alpha1), c1 * cosArc - s1 * sinArc * cos(alpha1));
    const lon = lambda - shift(sinAlpha, cos2Alpha, arc, sinArc, cosArc, middle);
    return {lat: deg(lat), lon: half(a.lon + deg(lon)), azimuth2: azimuth(atan2(sinAlpha, -rest))};
  }

  /** A point part of the way along the great circle, for lines that have no geodesic to follow. */
  function between(a, b, part) {
    const [p, q] = [a, b].map(({lat, lon}) => [
      cos(rad(lat)) * cos(rad(lon)), cos(rad(lat)) * sin(rad(lon)), sin(rad(lat))
    ]);
    // Opposite points have no line of their own: go over the nearer pole, as the geodesic does.
    const apart = p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    const arc = Math.acos(Math.max(-1, Math.min(1, apart)));
    if (sin(arc) < 1e-6) {
      const along = a.lat >= 0 ? 1 : -1;
      const up = rad(a.lat) + along * part * PI;
      const over = abs(up) > PI / 2;
      return {lat: deg(Math.asin(sin(up))), lon: over ? a.lon + 180 : a.lon};
    }
    const [f, g] = [sin((1 - part) * arc) / sin(arc), sin(part * arc) / sin(arc)];
    const [x, y, z] = p.map((value, i) => f * value + g * q[i]);
    return {lat: deg(atan2(z, hypot(x, y))), lon: deg(atan2(y, x))};
  }

  /** `steps` + 1 points from `a` to `b` along the geodesic; longitudes run on over 180 and begin with that of `a`. */
  function line(a, b, steps) {
    const {metres, azimuth1, approximate} = inverse(a, b);
    const points = [{lat: a.lat, lon: a.lon}];
    for (let i = 1; i <= steps; i++) {
      const last = points[points.length - 1];
      const p = i === steps ? b
        : approximate ? between(a, b, i / steps)
        : direct(a, azimuth1, (metres * i) / steps);
      points.push({lat: p.lat, lon: last.lon + half(p.lon - last.lon)});
    }
    return points;
  }

  Waybill.geodesic = {inverse, direct, line};
  if (typeof module === 'object' && module.exports) module.exports = Waybill.geodesic;
})(typeof globalThis === 'object' ? globalThis : this);
