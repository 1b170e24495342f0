/** What the management cluster says of certificates: when machines are replaced before these end, and when they do. */
import type { Fact } from "../fact.ts";
import type { ManagementControlPlaneFact } from "../facts/managed-control-plane.ts";
import type { ManagementMachinesFact } from "../facts/management.ts";
import type { Finding } from "../finding.ts";
import type { Instant } from "../vocabulary.ts";
import type { Notes } from "./certificate-notes.ts";

/** Named beside the judgement and no part of it: that machines are to be replaced is not that they were. */
export function replacementNotes(
  plane: Fact<ManagementControlPlaneFact>,
  machines: Fact<ManagementMachinesFact>,
  asOf: Instant,
): Notes {
  const settings = plane.status === "collected" ? plane.value : undefined;
  const days = settings?.certificateRolloutDays;
  const list = machines.status === "collected" ? machines.value.machines : [];
  const ends = list.flatMap(({ node, ref, certificatesExpireAt, controlPlane, deleting }) =>
    certificatesExpireAt === undefined || !controlPlane || deleting
      ? []
      : [{ name: node ?? ref, at: certificatesExpireAt }],
  );
  const first = ends.map(({ at }) => at).sort()[0];
  return {
    observed: {
      ...(days === undefined ? {} : { machinesReplacedDaysBeforeExpiry: days }),
      ...(settings?.caRotatedAt === undefined ? {} : { caRotatedAt: settings.caRotatedAt }),
      ...(first === undefined ? {} : { machinesWithExpiry: ends.length, firstMachineExpiry: first }),
    },
    findings: ends.flatMap(({ name, at }) => (at < asOf ? [expired(name, at)] : [])),
  };
}

function expired(name: string, at: Instant): Finding {
  const message = `Cluster API says that the certificates on the machine of ${name} ended at ${at}`;
  return {
    code: "machine-certificates-expired",
    subject: { kind: "Machine", name },
    expected: "valid certificates",
    actual: at,
    message,
  };
}
