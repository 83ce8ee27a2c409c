// Copies a calendar's address; without this script the field itself is selected and copied by hand.
document.querySelectorAll("[data-copia]").forEach((bottone) => {
  const campo = document.getElementById(bottone.dataset.copia);
  const esito = bottone.parentElement.querySelector("[data-esito]");
  bottone.hidden = false;
  bottone.addEventListener("click", async () => {
    campo.select();
    try {
      await navigator.clipboard.writeText(campo.value);
      esito.textContent = bottone.dataset.fatto;
    } catch {
      esito.textContent = bottone.dataset.aMano;
    }
  });
});
