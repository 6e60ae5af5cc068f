// Ctrl+Enter runs, and the cursor goes where the parser stumbled; the form works without.

const form = document.querySelector<HTMLFormElement>('[data-query-form]');
const editor = form?.querySelector<HTMLTextAreaElement>('textarea');
const button = form?.querySelector<HTMLButtonElement>('[data-run]');

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form?.requestSubmit();
}

/** Puts the cursor where the parser stumbled. */
function goToMistake(area: HTMLTextAreaElement): void {
  const line = Number(area.dataset['line']);
  const column = Number(area.dataset['column']);
  if (!Number.isInteger(line) || !Number.isInteger(column)) return;
  const before = area.value.split('\n').slice(0, line - 1);
  const position = before.reduce((sum, text) => sum + text.length + 1, column - 1);
  area.focus({ preventScroll: true });
  area.setSelectionRange(position, position);
}

function showRunning(): void {
  if (button === null || button === undefined) return;
  button.disabled = true;
  button.textContent = 'Asking your pods…';
}

editor?.addEventListener('keydown', onKey);
form?.addEventListener('submit', showRunning);
// Coming back by the browser's history shows the page as it was left.
addEventListener('pageshow', () => {
  if (button === null || button === undefined) return;
  button.disabled = false;
  button.textContent = 'Run';
});
if (editor !== null && editor !== undefined) goToMistake(editor);
