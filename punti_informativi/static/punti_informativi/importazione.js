// How far an import is, without asking for the page again by hand; at the end the whole page, with its report.
const OGNI = 3000; // milliseconds

async function guarda() {
  const risposta = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!risposta.ok) return;
  const nuova = new DOMParser().parseFromString(await risposta.text(), "text/html");
  const avanzamento = nuova.getElementById("avanzamento");
  if (!avanzamento?.querySelector("progress")) {
    location.reload();
    return;
  }
  const qui = document.getElementById("avanzamento");
  qui.querySelector("p").replaceWith(avanzamento.querySelector("p"));
  qui.querySelector("progress").value = avanzamento.querySelector("progress").value;
  setTimeout(guarda, OGNI);
}

setTimeout(guarda, OGNI);
