// Checks the seed against its commitment, and every roll against the seed: BLAKE2b (RFC 7693) and SHA-256 (FIPS 180-4).
"use strict";
(() => {
  const MASK = (1n << 64n) - 1n;
  const IV = [
    0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
    0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
  ];
  const SIGMA = [
    "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
    "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
  ];
  const bytes = (text) => new TextEncoder().encode(text);
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const turned = (word, by) => ((word >> by) | (word << (64n - by))) & MASK;
  const word = (block, at) => {
    let value = 0n;
    for (let i = 7; i >= 0; i--) value = (value << 8n) | BigInt(block[at + i]);
    return value;
  };

  function compress(h, block, counted, last) {
    const m = Array.from({length: 16}, (_, i) => word(block, 8 * i));
    const v = [...h, ...IV];
    v[12] ^= BigInt(counted);
    if (last) v[14] ^= MASK;
    const mix = (a, b, c, d, x, y) => {
      v[a] = (v[a] + v[b] + x) & MASK; v[d] = turned(v[d] ^ v[a], 32n);
      v[c] = (v[c] + v[d]) & MASK; v[b] = turned(v[b] ^ v[c], 24n);
      v[a] = (v[a] + v[b] + y) & MASK; v[d] = turned(v[d] ^ v[a], 16n);
      v[c] = (v[c] + v[d]) & MASK; v[b] = turned(v[b] ^ v[c], 63n);
    };
    for (let round = 0; round < 12; round++) {
      const s = Array.from(SIGMA[round % 10], (digit) => m[parseInt(digit, 16)]);
      mix(0, 4, 8, 12, s[0], s[1]); mix(1, 5, 9, 13, s[2], s[3]); mix(2, 6, 10, 14, s[4], s[5]); mix(3, 7, 11, 15, s[6], s[7]);
      mix(0, 5, 10, 15, s[8], s[9]); mix(1, 6, 11, 12, s[10], s[11]); mix(2, 7, 8, 13, s[12], s[13]); mix(3, 4, 9, 14, s[14], s[15]);
    }
    for (let i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
  }

  /** The digest of `length` bytes (1 to 64), in hex; `key` up to 64 bytes. */
  function blake2b(message, key, length) {
    const h = [...IV];
    h[0] ^= 0x01010000n ^ BigInt(key.length << 8) ^ BigInt(length);
    const lead = key.length ? 128 : 0;
    const input = new Uint8Array(lead + message.length);
    input.set(key);
    input.set(message, lead);
    let at = 0;
    for (; at + 128 < input.length; at += 128) compress(h, input.subarray(at, at + 128), at + 128, false);
    const rest = new Uint8Array(128);
    rest.set(input.subarray(at));
    compress(h, rest, input.length, true);
    let out = "";
    for (let i = 0; i < length; i++) out += Number((h[i >> 3] >> BigInt(8 * (i & 7))) & 255n).toString(16).padStart(2, "0");
    return out;
  }

  /** The SHA-256 of bytes, in hex. */
  function sha256(message) {
    const primes = [];
    for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
    const root = (n, cube) => { // the first 32 bits behind the point of a root, exactly
      const wide = BigInt(n) << (cube ? 96n : 64n);
      let low = 0n, high = 1n << 40n;
      while (high - low > 1n) {
        const middle = (low + high) >> 1n;
        if (middle * middle * (cube ? middle : 1n) <= wide) low = middle; else high = middle;
      }
      return Number(low & 0xffffffffn);
    };
    const k = primes.map((p) => root(p, true));
    const h = primes.slice(0, 8).map((p) => root(p, false));
    const padded = new Uint8Array(((message.length + 72) >> 6) << 6);
    padded.set(message);
    padded[message.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, message.length * 8);
    view.setUint32(padded.length - 8, Math.floor(message.length / 0x20000000));
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < padded.length; at += 64) {
      const w = Array.from({length: 16}, (_, i) => view.getUint32(at + 4 * i));
      for (let i = 16; i < 64; i++) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, last] = h;
      for (let i = 0; i < 64; i++) {
        const one = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [last, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, last].forEach((value, i) => { h[i] = (h[i] + value) | 0; });
    }
    return h.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /** A number from 0 to `sides` - 1. */
  function draw(seed, purpose, sides) {
    const digest = unhex(blake2b(bytes(purpose), seed, 8));
    return Number((word(digest, 0) * BigInt(sides)) >> 64n);
  }

  /** What a row of the table must show. */
  function thrown(seed, purpose, sides, weights) {
    if (!weights.length) return draw(seed, purpose, sides) + 1;
    const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
    if (!total) return 0;
    let rest = draw(seed, purpose, total);
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && (rest -= weights[i]) < 0) return i + 1;
    }
    return -1;
  }

  const place = document.querySelector("[data-seed]");
  if (!place) return;
  const button = document.createElement("button");
  const verdict = document.createElement("p");
  button.type = "button";
  button.className = "verify";
  button.textContent = "Check the seed and every roll";
  verdict.setAttribute("role", "status");
  place.append(button, verdict);
  button.addEventListener("click", () => {
    const seed = unhex(place.dataset.seed);
    const lead = bytes("wargame seed:");
    const sealed = new Uint8Array(lead.length + seed.length);
    sealed.set(lead);
    sealed.set(seed, lead.length);
    const kept = sha256(sealed) === place.dataset.commitment;
    const rows = [...document.querySelectorAll("tr[data-p]")];
    let right = 0;
    for (const row of rows) {
      const weights = row.dataset.w ? row.dataset.w.split(" ").map(Number) : [];
      const fits = thrown(seed, row.dataset.p, Number(row.dataset.s), weights) === Number(row.dataset.r);
      right += fits;
      row.classList.toggle("wrong", !fits);
      row.querySelector("td:last-child").textContent = fits ? "✓" : "✗ does not follow from the seed";
    }
    verdict.className = kept && right === rows.length ? "met" : "missed";
    verdict.textContent =
      (kept ? "✓ The seed is the one that was promised at the start. " : "✗ The seed is NOT the one that was promised at the start. ") +
      `${right === rows.length ? "✓" : "✗"} ${right} of ${rows.length} rolls follow from it.`;
  });
  place.check = {blake2b, sha256, bytes, unhex, draw}; // for tests
})();
