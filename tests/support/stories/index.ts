import { certificateStories } from "./certificates.ts";
import { hostedStories } from "./hosted.ts";
import { k3sAndRke2Stories } from "./k3s-rke2.ts";
import { managedStories } from "./managed.ts";
import { openstackStories } from "./openstack.ts";
import { cloudStories } from "./recorded-clouds.ts";
import { kubeadmStories } from "./recorded-kubeadm.ts";
import { storageStories } from "./storage.ts";
import type { Story } from "./story.ts";
import { talosStories } from "./talos.ts";
import { troubleStories } from "./trouble.ts";
import { versionStories } from "./versions.ts";
import { withCloudStories } from "./with-cloud.ts";

export const stories: readonly Story[] = [
  ...kubeadmStories,
  ...cloudStories,
  ...k3sAndRke2Stories,
  ...talosStories,
  ...hostedStories,
  ...openstackStories,
  ...managedStories,
  ...withCloudStories,
  ...versionStories,
  ...storageStories,
  ...certificateStories,
  ...troubleStories,
];
