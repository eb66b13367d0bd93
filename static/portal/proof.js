// Works a number out for forms that ask whether a person sends them, so that nobody has to answer
// the question. Without it the question stays. Digest after FIPS 180-4.
(function () {
  "use strict";

  var form = document.querySelector("form[data-nonce]");
  if (!form || !window.TextEncoder || !window.Uint32Array) return;
  var ROUND = [], START = [];

  function root(value, power) {
    var found = Math.pow(value, 1 / power);
    return ((found - Math.floor(found)) * 4294967296) | 0;
  }
  for (var candidate = 2; ROUND.length < 64; candidate++) {
    var isPrime = true;
    for (var by = 2; by * by <= candidate; by++) if (candidate % by === 0) isPrime = false;
    if (!isPrime) continue;
    if (START.length < 8) START.push(root(candidate, 2));
    ROUND.push(root(candidate, 3));
  }

  function turn(value, by) { return (value >>> by) | (value << (32 - by)); }

  // The first word of the digest of a text that fits one block, which nonce and number do.
  function first(text) {
    var bytes = new TextEncoder().encode(text), words = new Uint32Array(64), i;
    for (i = 0; i < bytes.length; i++) words[i >> 2] |= bytes[i] << (24 - 8 * (i % 4));
    words[i >> 2] |= 128 << (24 - 8 * (i % 4));
    words[15] = bytes.length * 8;
    for (i = 16; i < 64; i++) {
      var a = words[i - 15], b = words[i - 2];
      words[i] = words[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + words[i - 7] +
        (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    var state = START.slice();
    for (i = 0; i < 64; i++) {
      var e = state[4], top = state[0];
      var one = (state[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & state[5]) ^ (~e & state[6])) +
        ROUND[i] + words[i]) | 0;
      var two = ((turn(top, 2) ^ turn(top, 13) ^ turn(top, 22)) +
        ((top & state[1]) ^ (top & state[2]) ^ (state[1] & state[2]))) | 0;
      state = [(one + two) | 0, top, state[1], state[2], (state[3] + one) | 0, e, state[5], state[6]];
    }
    return (state[0] + START[0]) >>> 0;
  }

  var nonce = form.dataset.nonce, shift = 32 - Number(form.dataset.bits), number = 0;
  function work() {
    for (var end = number + 1500; number < end; number++) {
      if (first(nonce + ":" + number) >>> shift === 0) return done();
    }
    setTimeout(work, 0);
  }
  function done() {
    form.querySelector("[name=work]").value = String(number);
    var question = form.querySelector("[data-question]");
    question.hidden = true;
    question.querySelector("input").required = false;
    form.querySelector("[data-worked]").hidden = false;
  }
  work();
})();
