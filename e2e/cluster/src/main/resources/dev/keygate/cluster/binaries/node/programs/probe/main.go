// Command probe is what test pods run in place of a shell: it looks at files,
// asks and serves HTTP, and does several such steps in order.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
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
  decrypt JWE URL F      decrypt with the key at URL, asked for with the token in F
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
	case command == "decrypt" && len(arguments) == 3:
		return decrypt(arguments[0], arguments[1], arguments[2])
	case command == "serve" && len(arguments) > 0:
		return "", serve(arguments[0], arguments[1:])
	case command == "sleep" && len(arguments) == 1:
		time.Sleep(duration(arguments[0] + "s"))
		return "ok", nil
	}
	return "", fmt.Errorf("not a step: %s", strings.Join(words, " "))
}

func cat(files []string) (string, error) {
	var all []byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return string(all), err
		}
		all = append(all, content...)
	}
	return string(all), nil
}

func list(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return strings.Join(names, "\n"), err
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
			out = strings.TrimLeft(strings.TrimRight(out, "\n")+"\n"+explain(err), "\n")
		}
		for _, line := range strings.Split(strings.TrimRight(out, "\n"), "\n") {
			fmt.Printf("%s | %s\n", step, line)
		}
	}
}

// duration takes what time.ParseDuration takes and nothing else.
func duration(text string) time.Duration {
	parsed, err := time.ParseDuration(text)
	if err != nil {
		fmt.Println(explain(err))
		os.Exit(2)
	}
	return parsed
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
		for pause := duration(arguments[0]); ; time.Sleep(pause) {
			runAll(arguments[1:])
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
