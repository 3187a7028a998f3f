// Suggestions for the ledger beside a composer: loads the list (ledger/suggesting.ts) when there are words, and tells it
// when they change.

import { send, sendBehind } from "./ask";
import { tell } from "./bus";
import type { BodyEditor, Room, Suggesting, Words } from "./contracts";
import { t } from "./words";

const DEADLINE_MS = 10_000;

export class Beside {
  private list: Promise<Suggesting> | undefined;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly editor: BodyEditor,
    private readonly words: () => Words,
    private readonly changed: () => void,
  ) {}

  /** The words or the accepted rows may have changed. */
  look(): void {
    const { ledger, suggest } = this.form.dataset;
    if (!ledger || !suggest) return;
    const room: Room = {
      form: this.form,
      editor: this.editor,
      words: this.words,
      changed: this.changed,
      ask: (fields) => sendBehind(suggest, fields, DEADLINE_MS),
      act: (fields) => send(suggest, fields),
      say: (text, undo) => tell("say", undo ? { text, undo } : { text }),
      t,
    };
    this.list ??= import(ledger).then((made: { suggesting(room: Room): Suggesting }) => made.suggesting(room));
    this.list.then((one) => one.look()).catch(() => (this.list = undefined)); // the network is away: loaded with the next word
  }
}
