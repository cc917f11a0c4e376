// Command probe is what test pods run in place of a shell: it looks at files,
// asks and serves HTTP, and does several such steps in order.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const usage = `probe STEP...
  cat FILE...            print files
  ls DIR                 print the names in a folder
  open-rw FILE           open for reading and writing
  write FILE TEXT        write a file
  id                     print user, group and supplementary groups
  http METHOD URL [--body B] [--bearer-file F] [--header 'N: V'] [--ca F]
  serve ADDR [--ready-after D] [--cert F --key F]
  sleep SECONDS
  do STEP...             each step in order, lines prefixed with the step; ends with 0
  on-term STEP...        wait for SIGTERM, then as do
  loop DURATION STEP...  as do, again and again
A step of do, on-term and loop is one argument; '...' in it keeps blanks.
`

// A step that fails prints "error: " and why: an errno's name where there is one.
func explain(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return "error: " + unix.ErrnoName(number)
	}
	if timeout, ok := err.(interface{ Timeout() bool }); ok && timeout.Timeout() {
		return "error: timeout"
	}
	return "error: " + err.Error()
}

func run(words []string) (string, error) {
	if len(words) == 0 {
		return "", errors.New("no step")
	}
	command, arguments := words[0], words[1:]
	switch {
	case command == "cat" && len(arguments) > 0:
		return cat(arguments)
	case command == "ls" && len(arguments) == 1:
		return list(arguments[0])
	case command == "open-rw" && len(arguments) == 1:
		file, err := os.OpenFile(arguments[0], os.O_RDWR, 0)
		if err != nil {
			return "", err
		}
		return "ok", file.Close()
	case command == "write" && len(arguments) == 2:
		return "ok", os.WriteFile(arguments[0], []byte(arguments[1]), 0o600)
	case command == "id":
		groups, err := os.Getgroups()
		return fmt.Sprintf("uid=%d gid=%d groups=%v", os.Getuid(), os.Getgid(), groups), err
	case command == "http" && len(arguments) > 1:
		return ask(arguments[0], arguments[1], arguments[2:])
	case command == "serve" && len(arguments) > 0:
		return "", serve(arguments[0], arguments[1:])
	case command == "sleep" && len(arguments) == 1:
		seconds, err := strconv.ParseFloat(arguments[0], 64)
		time.Sleep(time.Duration(seconds * float64(time.Second)))
		return "ok", err
	}
	return "", fmt.Errorf("not a step: %s", strings.Join(words, " "))
}

func cat(files []string) (string, error) {
	var all bytes.Buffer
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return all.String(), err
		}
		all.Write(content)
	}
	return all.String(), nil
}

func list(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return strings.Join(names, "\n"), nil
}

// split separates at blanks that are not between single quotes.
func split(step string) []string {
	var words []string
	for i, part := range strings.Split(step, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

func runAll(steps []string) {
	for _, step := range steps {
		out, err := run(split(step))
		if err != nil {
			out = strings.TrimRight(out, "\n")
			if out != "" {
				out += "\n"
			}
			out += explain(err)
		}
		for _, line := range strings.Split(strings.TrimRight(out, "\n"), "\n") {
			fmt.Printf("%s | %s\n", step, line)
		}
	}
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	onTerm := func() { <-term; os.Exit(0) }
	command, arguments := os.Args[1], os.Args[2:]
	switch {
	case command == "--version":
		fmt.Println("probe 1")
	case command == "do":
		go onTerm()
		runAll(arguments)
	case command == "on-term":
		fmt.Println("waiting for SIGTERM")
		<-term
		runAll(arguments)
	case command == "loop" && len(arguments) > 1:
		go onTerm()
		pause, err := time.ParseDuration(arguments[0])
		if err != nil {
			fmt.Println(explain(err))
			os.Exit(2)
		}
		for {
			runAll(arguments[1:])
			time.Sleep(pause)
		}
	default:
		go onTerm()
		out, err := run(os.Args[1:])
		fmt.Print(out)
		if err != nil {
			fmt.Println(explain(err))
			os.Exit(1)
		}
	}
}
