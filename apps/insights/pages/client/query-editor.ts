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

// The browser's own jump to the answer would take the cursor out of the editor.
if (form !== null) form.action = form.action.replace(/#.*/, '');
editor?.addEventListener('keydown', onKey);
form?.addEventListener('submit', showRunning);
addEventListener('pageshow', ({ persisted }) => {
  // Coming back by the browser's history shows the page as it was left.
  if (button !== null && button !== undefined) {
    button.disabled = false;
    button.textContent = 'Run';
  }
  if (persisted || editor === null || editor === undefined) return;
  // A mistake is corrected above, an answer is read below.
  const block = editor.dataset['line'] === undefined ? 'start' : 'nearest';
  document.querySelector('#answer > *')?.scrollIntoView({ block });
  goToMistake(editor);
});
