// What a hostile page can try against a server on the loopback interface. Each function resolves to the text
// that the page could read; whatever else it did shows in the server's store. Evaluated as one object.
({
  base, // http://127.0.0.1:PORT
  token, // a stolen token: the page has all that can be stolen
  code, // the pairing code that is open right now
}) => {
  const pair = JSON.stringify({ code, label: "attacker" });
  const secret = `${base}/api/applications`;
  const door = `${base}/api/pair`;
  const json = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const text = async (request) => (await request).text();
  const loaded = (element, place = document.body) =>
    new Promise((done) => {
      element.onload = () => done("loaded");
      element.onerror = () => done("");
      place.append(element);
      setTimeout(done, 1500, "");
    });
  const made = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const posted = async (encoding, target) => {
    const form = made("form", { method: "post", action: door, enctype: encoding, target });
    const head = pair.slice(0, -1) + ',"x":"'; // text/plain sends name=value: the sign = lands in a field of no use
    form.append(made("input", { name: encoding === "text/plain" ? head : "code", value: encoding === "text/plain" ? '"}' : code }));
    document.body.append(form);
    form.submit();
    await wait(1000);
    return "";
  };
  const readFrame = async (frame) => {
    await loaded(frame);
    return frame.contentDocument?.body?.textContent ?? "";
  };
  return {
    "fetch": () => text(fetch(secret)),
    "fetch with the token": () => text(fetch(secret, { headers: json })),
    "fetch without CORS": () => text(fetch(secret, { mode: "no-cors" })),
    "fetch with credentials": () => text(fetch(secret, { credentials: "include" })),
    "fetch JSON": () => text(fetch(door, { method: "POST", headers: json, body: pair })),
    "fetch plain text": () => text(fetch(door, { method: "POST", body: pair })),
    "fetch plain text without CORS": () => text(fetch(door, { method: "POST", mode: "no-cors", body: pair })),
    "fetch DELETE": () => text(fetch(door, { method: "DELETE", headers: json })),
    "fetch by other names": async () => {
      const port = new URL(base).port;
      const names = [`http://localhost:${port}`, `http://0.0.0.0:${port}`, `http://[::1]:${port}`, `http://2130706433:${port}`];
      const tried = names.map((name) => text(fetch(`${name}/api/pair`, { method: "POST", mode: "no-cors", body: pair })));
      return (await Promise.allSettled(tried)).map((one) => one.value ?? "").join("");
    },
    "XMLHttpRequest": () =>
      new Promise((done) => {
        const request = new XMLHttpRequest();
        request.onloadend = () => done(request.responseText);
        request.open("POST", door);
        request.setRequestHeader("Content-Type", "text/plain");
        request.send(pair);
      }),
    "image": () => loaded(made("img", { src: secret })),
    "script": () => loaded(made("script", { src: secret })),
    "module": () => loaded(made("script", { src: secret, type: "module", crossOrigin: "anonymous" })),
    "style sheet": () => loaded(made("link", { rel: "stylesheet", href: secret }), document.head),
    "prefetch": () => loaded(made("link", { rel: "prefetch", href: secret }), document.head),
    "video": () => loaded(made("video", { src: secret, preload: "auto" })),
    "object": () => loaded(made("object", { data: secret })),
    "frame": () => readFrame(made("iframe", { src: secret })),
    "sandboxed frame": async () => {
      const inner = `<script>
        fetch(${JSON.stringify(door)}, {method: "POST", mode: "no-cors", body: ${JSON.stringify(pair)}});
        fetch(${JSON.stringify(secret)}).then((a) => a.text()).then((a) => parent.postMessage(a, "*"));
      </script>`;
      let heard = "";
      addEventListener("message", (event) => { heard += event.data; });
      await loaded(made("iframe", { sandbox: "allow-scripts", srcdoc: inner }));
      await wait(800);
      return heard;
    },
    "beacon": async () => {
      navigator.sendBeacon(door, pair);
      navigator.sendBeacon(door, new Blob([pair], { type: "text/plain" }));
      await wait(800);
      return "";
    },
    "form as text in a frame": async () => {
      await loaded(made("iframe", { name: "sink", srcdoc: "" }));
      return posted("text/plain", "sink");
    },
    "form as text in a window": () => posted("text/plain", "_blank"),
    "form of fields in a window": () => posted("application/x-www-form-urlencoded", "_blank"),
    "window": async () => {
      const opened = open(secret);
      await wait(1000);
      try {
        return opened.document.body.textContent;
      } catch (error) {
        if (error.name === "SecurityError") return ""; // of another origin: nothing to be read
        throw error;
      }
    },
    "WebSocket": () =>
      new Promise((done) => {
        const socket = new WebSocket(`${base.replace("http", "ws")}/api/applications`);
        socket.onmessage = (event) => done(event.data);
        socket.onopen = () => done("open");
        socket.onerror = () => done("");
      }),
    "EventSource": () =>
      new Promise((done) => {
        const source = new EventSource(secret);
        source.onmessage = (event) => done(event.data);
        source.onerror = () => { source.close(); done(""); };
      }),
    "worker": async () => {
      const inner = `fetch(${JSON.stringify(secret)}).then((a) => a.text()).then(postMessage, () => postMessage(""));`;
      const worker = new Worker(URL.createObjectURL(new Blob([inner], { type: "text/javascript" })));
      return new Promise((done) => { worker.onmessage = (event) => done(event.data); worker.onerror = () => done(""); });
    },
  };
}
