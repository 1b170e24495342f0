// Command csi is a CSI driver (CSI 1.x) whose volumes are folders: of one place that all nodes share, or, with -topology, of
// each node. It registers itself with the kubelet. A size is promised, not enforced.
package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

func main() {
	d := &driver{}
	flag.StringVar(&d.name, "driver", "", "name of the driver")
	flag.StringVar(&d.node, "node", "", "name of the node it runs on; without, no node service is needed")
	flag.StringVar(&d.data, "data", "", "folder that the volumes are in")
	flag.StringVar(&d.socket, "socket", "", "Unix socket to serve on, the same path for the kubelet")
	flag.BoolVar(&d.topology, "topology", false, "volumes belong to the node they are made on")
	registrationSocket := flag.String("registration", "", "Unix socket on which the kubelet asks what this is")
	flag.Parse()
	if err := run(d, *registrationSocket); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(d *driver, registrationSocket string) error {
	listener, err := listen(d.socket)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	csi.RegisterIdentityServer(server, identity{driver: d})
	csi.RegisterControllerServer(server, controller{driver: d})
	csi.RegisterNodeServer(server, node{driver: d})
	failed := make(chan error, 2)
	go func() { failed <- server.Serve(listener) }()
	if registrationSocket != "" {
		registrationListener, err := listen(registrationSocket)
		if err != nil {
			return err
		}
		registrar := grpc.NewServer()
		registration.RegisterRegistrationServer(registrar, registered{driver: d})
		go func() { failed <- registrar.Serve(registrationListener) }()
	}
	return <-failed
}

// A socket of a driver that ran before is in the way.
func listen(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return net.Listen("unix", path)
}
