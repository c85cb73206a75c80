/**
 * The dialog that asks for a fresh proof. Several requests may wait for one proof; they all go on, or are all given up,
 * with it.
 */
class StepUp {
  open = $state(false);
  /** How many proofs were given. A request compares it to know whether one was given while it was under way. */
  proofs = 0;
  #waiting: ((proven: boolean) => void)[] = [];

  /** Resolves when the viewer has proven who they are (true) or closed the dialog (false). */
  ask(): Promise<boolean> {
    this.open = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Whether a proof has been given since there were so many; waits for one that is being asked for. */
  async since(proofs: number): Promise<boolean> {
    if (this.proofs !== proofs) return true;
    return this.open && (await this.ask());
  }

  /** What the dialog says when it is done. */
  end(proven: boolean): void {
    this.open = false;
    if (proven) this.proofs++;
    for (const resolve of this.#waiting.splice(0)) resolve(proven);
  }
}

export const stepUp = new StepUp();
