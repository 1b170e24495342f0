/** The token of a run: asked for once, asked for again once it is refused, never tried again after a refusal of who we are. */
import { unanswered } from "../http/one-try.ts";
import { isToken } from "../http/token.ts";
import type { CloudService } from "../model/cloud.ts";
import { type Reading, unread } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import { addressIn } from "./catalogue.ts";
import type { CloudChannel } from "./channel.ts";
import type { CloudSettings } from "./cloud-settings.ts";
import { type Refused, refused } from "./refusals.ts";

export interface Token {
  readonly ok: true;
  readonly text: string;
  /** Id of the project that it is scoped to. */
  readonly project: string | undefined;
  address(service: CloudService): Reading<URL>;
}

export interface Session {
  /** The token in use; the same promise for everybody who asks meanwhile. */
  current(): Promise<Token | Refused>;
  /** A service did not accept this token: a new one, unless somebody has it already. */
  renew(refusedToken: Token): Promise<Token | Refused>;
}

const mebibyte = 1024 * 1024;

const malformed = (what: string): Refused => unanswered(unread("malformed", `Keystone's answer ${what}`), 0);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function createSession(
  channel: CloudChannel,
  settings: CloudSettings,
  conceal: (secret: string) => void,
): Session {
  let running: Promise<Token | Refused> | undefined;
  let last: Token | undefined;

  const authenticate = async (): Promise<Token | Refused> => {
    const answer = await channel.send({
      service: "identity",
      address: settings.identity,
      method: "POST",
      path: "/v3/auth/tokens",
      headers: { "content-type": "application/json" },
      body: settings.auth.body,
      maxBytes: 4 * mebibyte,
    });
    if (!answer.ok) return answer.status === 404 ? { ...refused("Keystone", 404), reason: "not-served" } : answer;
    const text = answer.headers["x-subject-token"];
    if (text === undefined || !isToken(text)) return malformed("brings no token");
    conceal(text);
    const value = parsed(answer.text);
    const token = isJsonObject(value) && isJsonObject(value.token) ? value.token : undefined;
    if (token === undefined) return malformed("does not describe its token");
    const { project, catalog } = token;
    last = {
      ok: true,
      text,
      project: isJsonObject(project) && typeof project.id === "string" ? project.id : undefined,
      address: (service) => addressIn(catalog, service, settings),
    };
    return last;
  };

  const current = () => {
    running ??= authenticate();
    return running;
  };
  return {
    current,
    renew: (refusedToken) => {
      if (last === refusedToken) {
        last = undefined;
        running = authenticate();
      }
      return current();
    },
  };
}
