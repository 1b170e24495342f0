import { expect, test } from "vitest";
import { isImageReference, mappedImage, parseImageMapping, suiteRepositoryList } from "./image-map.ts";

const everything = { from: "registry.k8s.io", to: "mirror.example:5000/k8s" };
const images = { from: "registry.k8s.io/e2e-test-images", to: "mirror.example:5000/e2e" };

test.each([
  ["registry.k8s.io=mirror.example:5000/k8s", everything],
  ["docker.io/library=mirror.example/hub", { from: "docker.io/library", to: "mirror.example/hub" }],
  ["registry.k8s.io", undefined],
  ["registry.k8s.io=", undefined],
  ["=mirror.example", undefined],
  ["registry.k8s.io/=mirror.example/", undefined],
  ["registry.k8s.io=https://mirror.example", undefined],
  ["registry.k8s.io=mirror.example\nprivateRegistry: x", undefined],
  ['registry.k8s.io=mirror.example"', undefined],
  ["registry.k8s.io=a=b", undefined],
])("%j as a mapping", (text, expected) => {
  expect(parseImageMapping(text)).toEqual(expected);
});

test.each([
  ["registry.k8s.io/conformance:v1.37.2", "mirror.example:5000/k8s/conformance:v1.37.2"],
  ["registry.k8s.io/e2e-test-images/agnhost:2.66.1", "mirror.example:5000/e2e/agnhost:2.66.1"],
  ["registry.k8s.io.example/conformance", "registry.k8s.io.example/conformance"],
  ["docker.io/library/busybox", "docker.io/library/busybox"],
])("%s, the longest match counts", (reference, expected) => {
  expect(mappedImage(reference, [everything, images])).toBe(expected);
});

test.each([
  ["registry.k8s.io/conformance:v1.37.2", true],
  [`mirror.example:5000/k8s/conformance@sha256:${"a".repeat(64)}`, true],
  [`registry.k8s.io/conformance:v1@sha256:${"a".repeat(64)}`, true],
  ["conformance:v1.37.2", false],
  ["registry.k8s.io/conformance:v1.37.2 --privileged", false],
  ["registry.k8s.io/Conformance", false],
  ["-registry/x", false],
  [`registry.k8s.io/${"a".repeat(500)}`, false],
])("%s names an image: %s", (text, expected) => {
  expect(isImageReference(text)).toBe(expected);
});

test("the suite's list of registries holds what the map moves, and no more", () => {
  expect(suiteRepositoryList([{ from: "example.org", to: "mirror.example" }])).toBeUndefined();
  expect(suiteRepositoryList([images])).toBe('promoterE2eRegistry: "mirror.example:5000/e2e"\n');
  expect(suiteRepositoryList([everything, images])).toBe(
    [
      'buildImageRegistry: "mirror.example:5000/k8s/build-image"',
      'cloudProviderGcpRegistry: "mirror.example:5000/k8s/cloud-provider-gcp"',
      'gcEtcdRegistry: "mirror.example:5000/k8s"',
      'gcRegistry: "mirror.example:5000/k8s"',
      'promoterE2eRegistry: "mirror.example:5000/e2e"',
      'sigStorageRegistry: "mirror.example:5000/k8s/sig-storage"',
      "",
    ].join("\n"),
  );
});
