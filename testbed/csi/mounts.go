package main

import "strings"

// hasMountPoint looks for a mount point in the text of /proc/self/mountinfo (proc(5)): fifth field of a line, with octal escapes.
func hasMountPoint(mountinfo, target string) bool {
	escaped := strings.NewReplacer("\\", "\\134", " ", "\\040", "\t", "\\011", "\n", "\\012").Replace(target)
	for line := range strings.Lines(mountinfo) {
		fields := strings.Fields(line)
		if len(fields) > 4 && fields[4] == escaped {
			return true
		}
	}
	return false
}
