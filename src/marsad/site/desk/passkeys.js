// Passkeys: asks this site what to sign, the device for its answer, and sends that as the form of the page. Without this script codes still serve.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  form.hidden = false;
  const none = document.querySelector("[data-passkey-none]");
  if (none) none.hidden = true;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const said = form.querySelector("[data-passkey-said]");

  const asked = async () => {
    const answer = await fetch(form.dataset.passkey, { credentials: "same-origin", headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const options = await answer.json();
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const key of ["excludeCredentials", "allowCredentials"]) for (const one of options[key] || []) one.id = bytes(one.id);
    return options;
  };
  const told = (made) => {
    const r = made.response, found = { clientDataJSON: text(r.clientDataJSON) };
    for (const key of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (r[key]) found[key] = text(r[key]);
    if (r.getTransports) found.transports = r.getTransports();
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: found, clientExtensionResults: {} });
  };
  form.addEventListener("submit", async (e) => {
    if (form.elements.answer.value) return; // it was signed: the form goes its way
    e.preventDefault();
    said.textContent = "";
    try {
      const publicKey = await asked();
      const made = form.dataset.passkeyAct === "make" ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
      form.elements.answer.value = told(made);
      form.submit();
    } catch {
      said.textContent = said.dataset.passkeySaid; // told off, or there is none here
    }
  });
  addEventListener("pageshow", () => { form.elements.answer.value = ""; });
})();
