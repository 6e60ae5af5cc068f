import { InvalidArgumentError, Option } from 'commander';

const highestPort = 65_533;

/** `--port`, checked: the demo needs the two above it as well. */
export function portOption(description: string): Option {
  return new Option('--port <port>', description).default(3000).argParser((text) => {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > highestPort)
      throw new InvalidArgumentError(`A port is a number from 1 to ${highestPort}.`);
    return port;
  });
}

/** `--json`: data for programs on standard output, and nothing else there. */
export function jsonOption(): Option {
  return new Option('--json', 'print JSON').default(false);
}
