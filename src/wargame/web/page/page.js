// The page of a player without a terminal: a form, then the client's screens, drawn by xterm.js from what the server sends.
// The seat's token lies in this browser's storage and travels in the first message only: never in the address.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const FAMILY = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace';
  const COLUMNS = {roomy: 80, least: 60};      // the game is at its best from 80 columns on, and possible from 60
  const LETTERS = {least: 7, readable: 11, most: 22, step: 1};  // pixels
  const PING = 5000, PATIENCE = 6000, LONGEST_WAIT = 10000;     // milliseconds
  const PIECE = 8000;                          // characters of a pasted text that travel together
  const KEYS = {Escape: "\x1b", Tab: "\t", Enter: "\r", ArrowUp: "\x1b[A", ArrowDown: "\x1b[B", ArrowRight: "\x1b[C", ArrowLeft: "\x1b[D"};

  // -- what this browser keeps: nothing here works less without it, but a closed page cannot come back to its seat --
  const kept = (store, key) => { try { return store.getItem("wargame." + key) || ""; } catch { return ""; } };
  const keep = (store, key, value) => {
    try { value ? store.setItem("wargame." + key, value) : store.removeItem("wargame." + key); } catch { /* private window */ }
  };
  const tidy = (text) => {
    const letters = text.replace(/[\s\-_.]/g, "").toUpperCase();
    return letters.length === 8 ? letters.slice(0, 4) + "-" + letters.slice(4) : letters;
  };

  // -- the form ------------------------------------------------------------------------------------------------------
  const link = new URL(location.href);
  let path = "";
  try { path = decodeURIComponent(link.pathname.slice(1)); } catch { /* no code then */ }
  $("code").value = tidy(path || kept(sessionStorage, "code")).slice(0, 12);
  $("name").value = (link.searchParams.get("name") || kept(localStorage, "name")).slice(0, 32);
  if (link.search || link.hash) history.replaceState(null, "", link.pathname);  // a name is nobody's business but one's own

  const tell = () => {
    const code = tidy($("code").value), known = kept(localStorage, "seat." + code);
    $("command").textContent = `wargame join ${code || "CODE"}@${document.body.dataset.server}`;
    $("join").textContent = known ? "Return to your seat" : "Join";
    $("anew").hidden = !known;
  };
  $("code").addEventListener("input", tell);
  $("anew").addEventListener("click", () => {
    keep(localStorage, "seat." + tidy($("code").value), "");
    $("name").value = "";
    $("name").focus();
    tell();
  });
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = $("name").value.trim();
    if (!name) { $("name").focus(); return; }
    who = {code: tidy($("code").value), name};
    keep(localStorage, "name", name);
    keep(sessionStorage, "code", who.code);
    begin();
  });

  // -- the connection ------------------------------------------------------------------------------------------------
  let who = null, socket = null, terminal = null, fitted = null;
  let tries = 0, again = null, beat = null, silent = null, live = false, reason = "";

  const send = (...message) => {
    if (live && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  function connect() {
    clearTimeout(again);
    again = null;
    state(tries ? "Connecting again" : "Connecting");
    const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/line`);
    socket = line;
    line.binaryType = "arraybuffer";
    // A network that swallows everything says nothing: whoever hears nothing for a while tries anew.
    silent = setTimeout(() => drop(line), 2 * PATIENCE);
    line.onopen = () => {
      if (line !== socket) return;
      line.send(JSON.stringify({
        ...who, token: kept(localStorage, "seat." + who.code), sitting: kept(sessionStorage, "sitting"),
        columns: terminal.cols, rows: terminal.rows,
      }));
    };
    line.onmessage = (event) => { if (line === socket) heard(event.data); };
    line.onclose = () => drop(line);
  }

  function drop(line) {
    if (line !== socket) return;
    socket = null;
    live = false;
    line.close();
    clearTimeout(silent);
    clearInterval(beat);
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** tries) * (0.5 + 0.5 * Math.random());
    tries += 1;
    lost(Date.now() + wait);
  }

  function lost(until) {
    const left = until - Date.now();
    state(`${reason || "Connection lost. Your seat is kept."} Trying again ${left > 1000 ? `in ${Math.ceil(left / 1000)} s` : "now"}`, true);
    again = left > 0 ? setTimeout(() => lost(until), Math.min(1000, left)) : setTimeout(connect, 0);
  }

  function heard(data) {
    clearTimeout(silent);
    silent = null;
    if (typeof data !== "string") { terminal.write(new Uint8Array(data)); return; }
    const [kind, said, more] = JSON.parse(data);
    if (kind === "sitting") {
      keep(sessionStorage, "sitting", said);
      live = true;
      tries = 0;
      reason = "";
      state(`Connected as ${who.name}`);
      send("focus");
      clearInterval(beat);
      beat = setInterval(() => {
        send("ping", Date.now());
        const line = socket;
        silent = silent || setTimeout(() => drop(line), PATIENCE);
      }, PING);
      terminal.focus();
    } else if (kind === "keep") {
      keep(localStorage, "seat." + who.code, said);
    } else if (kind === "over") {
      if (more) { reason = said; return; }  // what the connection's end is shown with
      over(said);
    }
  }

  function over(words) {
    const line = socket;
    socket = null;
    live = false;
    clearInterval(beat);
    if (line) line.close();
    keep(sessionStorage, "sitting", "");
    $("game").hidden = true;
    $("door").hidden = false;
    document.title = "Join a table - wargame";
    $("trouble").textContent = words;
    tell();
    $("join").focus();
  }

  function state(words, bad = false) {
    $("state").textContent = words;
    $("state").classList.toggle("lost", bad);
    $("terminal").classList.toggle("lost", bad);
  }

  // -- the terminal --------------------------------------------------------------------------------------------------
  function begin() {
    $("trouble").textContent = "";
    $("door").hidden = true;
    $("game").hidden = false;
    document.title = `${who.code} - wargame`;
    if (!terminal) open();
    fit();
    tries = 0;
    connect();
  }

  function open() {
    terminal = new Terminal({
      allowProposedApi: true, fontFamily: FAMILY, fontSize: LETTERS.readable, scrollback: 0,
      theme: {background: "#10151b"},
      linkHandler: {activate() {}},  // an address somebody wrote leads nowhere
    });
    fitted = new FitAddon.FitAddon();
    terminal.loadAddon(fitted);
    terminal.loadAddon(new Unicode11Addon.Unicode11Addon());
    terminal.unicode.activeVersion = "11";
    terminal.open($("terminal"));
    terminal.onData((text) => { for (let at = 0; at < text.length; at += PIECE) send("stdin", text.slice(at, at + PIECE)); });
    terminal.onBinary((text) => send("stdin", text));
    terminal.onResize(({cols, rows}) => send("resize", cols, rows));
    terminal.textarea.addEventListener("focus", () => send("focus"));
    terminal.textarea.addEventListener("blur", () => send("blur"));
    terminal.textarea.setAttribute("aria-label", "The game. For a screen reader, join in a terminal with --plain.");
    new ResizeObserver(fit).observe($("terminal"));  // the window, a keyboard on the glass, a longer line above
    addEventListener("offline", () => { if (socket) drop(socket); });
    addEventListener("online", () => { if (again) connect(); });
    for (const button of document.querySelectorAll("#keys button")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault());  // the keyboard of a phone stays up
      button.addEventListener("click", () => send("stdin", KEYS[button.dataset.key]));
    }
    $("smaller").addEventListener("click", () => scale(-LETTERS.step));
    $("larger").addEventListener("click", () => scale(LETTERS.step));
  }

  // Letters as large as 80 columns allow; where those could not be read, as 60 allow.
  function letters() {
    const brush = document.createElement("canvas").getContext("2d");
    brush.font = `100px ${FAMILY}`;
    const share = brush.measureText("W").width / 100, width = $("terminal").clientWidth - 4;
    const roomy = Math.floor(width / COLUMNS.roomy / share);
    const size = roomy >= LETTERS.readable ? Math.min(roomy, 16) : Math.floor(width / COLUMNS.least / share);
    return size + Number(kept(localStorage, "letters") || 0);
  }
  function fit() {
    if (!terminal || $("game").hidden) return;
    terminal.options.fontSize = Math.max(LETTERS.least, Math.min(LETTERS.most, letters()));
    fitted.fit();
  }
  function scale(by) {
    const wanted = letters() + by;
    if (wanted >= LETTERS.least && wanted <= LETTERS.most) {
      keep(localStorage, "letters", String(Number(kept(localStorage, "letters") || 0) + by));
    }
    fit();
    terminal.focus();
  }

  // -- begin ---------------------------------------------------------------------------------------------------------
  tell();
  if (kept(sessionStorage, "sitting") && kept(sessionStorage, "code") === tidy($("code").value) && $("name").value) {
    who = {code: tidy($("code").value), name: $("name").value};  // the page was loaded anew: the game goes on
    begin();
  } else {
    ($("code").value ? $("name") : $("code")).focus();
  }
})();
