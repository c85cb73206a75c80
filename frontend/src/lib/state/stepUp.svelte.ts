/**
 * The dialog that asks for a fresh proof. Several requests may wait for one proof; they all go on, or are all given up,
 * with it.
 */
class StepUp {
  open = $state(false);
  #waiting: ((proven: boolean) => void)[] = [];

  /** Resolves when the viewer has proven who they are (true) or closed the dialog (false). */
  ask(): Promise<boolean> {
    this.open = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** What the dialog says when it is done. */
  end(proven: boolean): void {
    this.open = false;
    for (const resolve of this.#waiting.splice(0)) resolve(proven);
  }
}

export const stepUp = new StepUp();
