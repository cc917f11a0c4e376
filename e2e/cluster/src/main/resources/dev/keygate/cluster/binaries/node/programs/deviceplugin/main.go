// Command device-plugin offers shares of one stand-in device to the kubelet, as a
// plugin for a vTPM does: the container gets a character device and read-only
// folders of the node.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	api "k8s.io/kubelet/pkg/apis/deviceplugin/v1beta1"
)

var (
	resource = flag.String("resource", "keygate.dev/vtpm", "name of the extended resource")
	shares   = flag.Int("shares", 64, "how many containers may have it at a time")
	sockets  = flag.String("sockets", api.DevicePluginPath, "the kubelet's folder of plugins")
	device   = flag.String("device", "/run/keygate-device/tpmrm0", "the stand-in on the node, made if absent")
	uid      = flag.Int("device-uid", 107, "its owner")
	gid      = flag.Int("device-gid", 111, "its group")
	mode     = flag.Uint("device-mode", 0o660, "its permissions")
	inside   = flag.String("container-device", "/dev/tpmrm0", "where a container sees it")
	bootLog  = flag.String("boot-log", "", "the node's folder with the boot event log")
	lab      = flag.String("lab", "", "the node's folder with the lab's files; none if empty")
	version  = flag.Bool("version", false, "print the version")
)

type plugin struct {
	api.UnimplementedDevicePluginServer
}

func (plugin) GetDevicePluginOptions(context.Context, *api.Empty) (*api.DevicePluginOptions, error) {
	return &api.DevicePluginOptions{}, nil
}

func (plugin) ListAndWatch(_ *api.Empty, stream grpc.ServerStreamingServer[api.ListAndWatchResponse]) error {
	list := &api.ListAndWatchResponse{}
	for i := range *shares {
		list.Devices = append(list.Devices, &api.Device{ID: fmt.Sprintf("share-%d", i), Health: api.Healthy})
	}
	if err := stream.Send(list); err != nil {
		return err
	}
	fmt.Println("listed")
	<-stream.Context().Done()
	return nil
}

func (plugin) Allocate(_ context.Context, request *api.AllocateRequest) (*api.AllocateResponse, error) {
	answer := &api.AllocateResponse{}
	for range request.ContainerRequests {
		one := &api.ContainerAllocateResponse{
			Devices: []*api.DeviceSpec{{HostPath: *device, ContainerPath: *inside, Permissions: "rw"}},
		}
		for target, folder := range map[string]string{"/run/keygate/boot-log": *bootLog, "/run/keygate/lab": *lab} {
			if folder != "" {
				one.Mounts = append(one.Mounts, &api.Mount{HostPath: folder, ContainerPath: target, ReadOnly: true})
			}
		}
		answer.ContainerResponses = append(answer.ContainerResponses, one)
	}
	return answer, nil
}

// makeDevice makes a node of /dev/null's kind: opening it succeeds or fails as the real one's
// owner and permissions say.
func makeDevice() error {
	if err := os.MkdirAll(filepath.Dir(*device), 0o755); err != nil {
		return err
	}
	if _, err := os.Stat(*device); err == nil {
		return nil
	}
	if err := syscall.Mknod(*device, syscall.S_IFCHR, 1<<8|3); err != nil {
		return err
	}
	if err := os.Chown(*device, *uid, *gid); err != nil {
		return err
	}
	return os.Chmod(*device, os.FileMode(*mode))
}

func serve() error {
	if err := makeDevice(); err != nil {
		return fmt.Errorf("the stand-in device: %w", err)
	}
	endpoint := "keygate-stand-in.sock"
	socket := filepath.Join(*sockets, endpoint)
	if err := os.RemoveAll(socket); err != nil {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	api.RegisterDevicePluginServer(server, plugin{})
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	kubelet, err := grpc.NewClient("unix://"+filepath.Join(*sockets, "kubelet.sock"),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer kubelet.Close()
	request := &api.RegisterRequest{Version: api.Version, Endpoint: endpoint, ResourceName: *resource}
	if _, err := api.NewRegistrationClient(kubelet).Register(context.Background(), request, grpc.WaitForReady(true)); err != nil {
		return err
	}
	return <-failed
}

func main() {
	flag.Parse()
	if *version {
		fmt.Println("device-plugin 1")
		return
	}
	log.Fatal(serve())
}
