package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type driver struct {
	name, node, data, socket string
	topology                 bool
}

// folder of a volume; an id is a name, never a path.
func (d *driver) folder(id string) (string, error) {
	if id == "" || id == "." || id == ".." || strings.ContainsAny(id, "/\x00") {
		return "", status.Errorf(codes.InvalidArgument, "%q is no volume id", id)
	}
	return filepath.Join(d.data, id), nil
}

func (d *driver) existing(id string) (string, error) {
	folder, err := d.folder(id)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(folder); err != nil {
		return "", status.Errorf(codes.NotFound, "volume %s is not here", id)
	}
	return folder, nil
}

// here is where volumes of this driver can be used from, nil for everywhere.
func (d *driver) here() *csi.Topology {
	if !d.topology {
		return nil
	}
	return &csi.Topology{Segments: map[string]string{d.name + "/node": d.node}}
}

func internal(err error) error {
	return status.Error(codes.Internal, err.Error())
}
