/** The system's OpenSSH with a folder of its own, gone when the test is over. */
import { onTestFinished } from "vitest";
import { OpensshDesk } from "../../src/signing/openssh.testing.ts";

export function withDesk(): OpensshDesk {
  const desk = new OpensshDesk();
  onTestFinished(() => desk.remove());
  return desk;
}
