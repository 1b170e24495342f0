/** Live progress: one line that rewrites itself on a terminal, one line per event elsewhere. */
import type { GatherEvent } from "../app/look.ts";
import type { Output } from "./output.ts";

export interface Progress {
  onEvent(event: GatherEvent): void;
  /** Clears the live line. */
  end(): void;
}

export function createProgress(output: Output): Progress {
  if (output.options.quiet) return { onEvent: () => undefined, end: () => undefined };
  return process.stderr.isTTY && !output.options.json ? live(output) : lines(output);
}

function live({ paint }: Output): Progress {
  const running = new Map<string, string>();
  let done = 0;
  let total = 0;
  const draw = (): void => {
    const width = (process.stderr.columns ?? 80) - 1;
    const text = `[${done}/${total}] ${[...running.values()].join(", ")}`.slice(0, width);
    process.stderr.write(`\r\u001b[2K${paint.dim(text)}`);
  };
  return {
    onEvent(event) {
      total = event.total;
      if (event.kind === "probe-started") running.set(event.id, event.title);
      else {
        running.delete(event.id);
        done += 1;
      }
      draw();
    },
    end: () => void process.stderr.write("\r\u001b[2K"),
  };
}

function lines(output: Output): Progress {
  let done = 0;
  return {
    onEvent(event) {
      if (event.kind === "probe-started") return;
      done += 1;
      const said = event.status === "collected" ? "" : `: ${event.reason ?? "unavailable"}`;
      output.note(`[${done}/${event.total}] ${event.title}${said}`, {
        probe: event.id,
        ...(event.status === undefined ? {} : { status: event.status }),
        ...(event.reason === undefined ? {} : { reason: event.reason }),
        ...(event.milliseconds === undefined ? {} : { milliseconds: event.milliseconds }),
      });
    },
    end: () => undefined,
  };
}
