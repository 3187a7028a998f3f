// The button beside a link that is shown once: copies it, and says so on the button.

document.addEventListener("click", async (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-copy-link]");
  const field = button?.parentElement?.querySelector<HTMLInputElement>("input");
  if (!button || !field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done!;
  } catch {
    field.focus(); // it is selected: Ctrl+C
  }
});
