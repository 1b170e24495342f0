package main

import (
	"context"
	"os"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type controller struct {
	csi.UnimplementedControllerServer
	*driver
}

func (c controller) ControllerGetCapabilities(context.Context, *csi.ControllerGetCapabilitiesRequest) (*csi.ControllerGetCapabilitiesResponse, error) {
	answer := &csi.ControllerGetCapabilitiesResponse{}
	for _, kind := range []csi.ControllerServiceCapability_RPC_Type{
		csi.ControllerServiceCapability_RPC_CREATE_DELETE_VOLUME,
		csi.ControllerServiceCapability_RPC_EXPAND_VOLUME,
		csi.ControllerServiceCapability_RPC_SINGLE_NODE_MULTI_WRITER,
	} {
		answer.Capabilities = append(answer.Capabilities, &csi.ControllerServiceCapability{
			Type: &csi.ControllerServiceCapability_Rpc{Rpc: &csi.ControllerServiceCapability_RPC{Type: kind}},
		})
	}
	return answer, nil
}

func (c controller) CreateVolume(_ context.Context, request *csi.CreateVolumeRequest) (*csi.CreateVolumeResponse, error) {
	folder, err := c.folder(request.GetName())
	if err != nil {
		return nil, err
	}
	for _, capability := range request.GetVolumeCapabilities() {
		if err := c.supported(capability); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, internal(err)
	}
	// whoever a pod runs as may write; MkdirAll heeds the umask
	if err := os.Chmod(folder, 0o777); err != nil {
		return nil, internal(err)
	}
	volume := &csi.Volume{VolumeId: request.GetName(), CapacityBytes: request.GetCapacityRange().GetRequiredBytes()}
	if here := c.here(); here != nil {
		volume.AccessibleTopology = []*csi.Topology{here}
	}
	return &csi.CreateVolumeResponse{Volume: volume}, nil
}

// A folder is no block device, and that of one node is not for several.
func (c controller) supported(capability *csi.VolumeCapability) error {
	if capability.GetBlock() != nil {
		return status.Error(codes.InvalidArgument, "block volumes are not supported")
	}
	switch capability.GetAccessMode().GetMode() {
	case csi.VolumeCapability_AccessMode_MULTI_NODE_MULTI_WRITER,
		csi.VolumeCapability_AccessMode_MULTI_NODE_READER_ONLY,
		csi.VolumeCapability_AccessMode_MULTI_NODE_SINGLE_WRITER:
		if c.topology {
			return status.Error(codes.InvalidArgument, "a volume of one node is not for several")
		}
	}
	return nil
}

func (c controller) DeleteVolume(_ context.Context, request *csi.DeleteVolumeRequest) (*csi.DeleteVolumeResponse, error) {
	folder, err := c.folder(request.GetVolumeId())
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(folder); err != nil {
		return nil, internal(err)
	}
	return &csi.DeleteVolumeResponse{}, nil
}

func (c controller) ValidateVolumeCapabilities(_ context.Context, request *csi.ValidateVolumeCapabilitiesRequest) (*csi.ValidateVolumeCapabilitiesResponse, error) {
	if _, err := c.existing(request.GetVolumeId()); err != nil {
		return nil, err
	}
	for _, capability := range request.GetVolumeCapabilities() {
		if err := c.supported(capability); err != nil {
			return &csi.ValidateVolumeCapabilitiesResponse{Message: err.Error()}, nil
		}
	}
	return &csi.ValidateVolumeCapabilitiesResponse{Confirmed: &csi.ValidateVolumeCapabilitiesResponse_Confirmed{
		VolumeCapabilities: request.GetVolumeCapabilities(),
	}}, nil
}

// The folder need not be here: of volumes of one node the controller for all nodes is asked.
func (c controller) ControllerExpandVolume(_ context.Context, request *csi.ControllerExpandVolumeRequest) (*csi.ControllerExpandVolumeResponse, error) {
	if _, err := c.folder(request.GetVolumeId()); err != nil {
		return nil, err
	}
	return &csi.ControllerExpandVolumeResponse{CapacityBytes: request.GetCapacityRange().GetRequiredBytes()}, nil
}
