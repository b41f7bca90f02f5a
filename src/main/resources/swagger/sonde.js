// This API's part of Swagger UI: the order of operations, the ids that examples stand for, drawings
// as pictures.
const sonde = (() => {
  // Ids in the document are invented; the page sends those that it saw last in their place.
  const invented = {
    check: "cf7c7779-b99b-417a-92c2-19a3b53c7384",
    result: "01a1fc0d-840c-781d-b9db-d4a62866882f",
    maintenance: "019a5c3e-7c1f-7abc-8def-0123456789ab",
  };
  const seen = {};
  const connections = /\/listeners\/([a-z0-9.-]+)\/connections\/17\b/;

  const json = async (url, options) => {
    const response = await fetch(url, options);
    return response.ok ? response.json() : {};
  };

  // An example's connection: a check that holds one for a moment.
  const openConnection = async (url, headers) => {
    const listener = url.replace(/\/connections\/.*/, "");
    const base = listener.replace(/\/listeners\/.*/, "");
    const { address } = await json(listener, { headers });
    await fetch(base + "/checks?wait=false", {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ targets: [address], settings: { hold: { for: "3s" } } }),
    });
    for (let turn = 0; turn < 20; turn++) {
      const page = await json(listener + "/connections", { headers });
      const open = (page.items || []).find((one) => !one.endedAt);
      if (open) return open.id;
      await new Promise((resume) => setTimeout(resume, 100));
    }
    return 17;
  };

  const request = async (sent) => {
    for (const kind of Object.keys(invented)) {
      if (seen[kind]) sent.url = sent.url.replace(invented[kind], seen[kind]);
    }
    // The library writes text of lines as one JSON string.
    const type = (sent.headers && sent.headers["Content-Type"]) || "";
    if (/ndjson/.test(type) && /^"/.test(sent.body || "")) sent.body = JSON.parse(sent.body);
    if (connections.test(sent.url)) {
      const headers = sent.headers.Authorization ? { Authorization: sent.headers.Authorization } : {};
      sent.url = sent.url.replace(/17\b/, await openConnection(sent.url, headers));
    }
    return sent;
  };

  const response = (got) => {
    const body = got.obj || {};
    if (body.summary && body.id) seen.check = body.id;
    if (body.windows && body.id) seen.maintenance = body.id;
    const result = body.outcome && body.id ? body : (body.results || body.items || [])[0] || {};
    if (result.outcome && result.id) seen.result = result.id;
    return got;
  };

  const place = (operation) => operation.getIn(["operation", "x-order"], 0);
  const sort = (a, b) => place(a) - place(b) || a.get("path").localeCompare(b.get("path"));

  const plugin = () => ({
    wrapComponents: {
      responseBody: (Original, system) => (props) =>
        /^image\/svg/.test(props.contentType || "")
          ? system.React.createElement("img", {
              alt: "timeline",
              style: { background: "white", maxWidth: "100%" },
              src: "data:image/svg+xml;charset=utf-8," + encodeURIComponent(props.content),
            })
          : system.React.createElement(Original, props),
    },
  });

  return { request, response, sort, plugin };
})();

