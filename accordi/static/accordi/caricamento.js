// A file that is too large is named before it travels; without this the server says the same.
document.querySelectorAll("form[data-massimo]").forEach((modulo) => {
  const file = modulo.querySelector("input[type=file]");
  file.addEventListener("change", () => {
    const troppo = file.files[0] && file.files[0].size > Number(modulo.dataset.massimo);
    file.setCustomValidity(troppo ? modulo.dataset.frase : "");
    if (troppo) file.reportValidity();
  });
  modulo.addEventListener("submit", (evento) => {
    if (!file.checkValidity()) {
      evento.preventDefault();
      file.reportValidity();
    }
  });
});
