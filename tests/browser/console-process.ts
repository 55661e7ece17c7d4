// `npm start` starts the console in the same way.
export { type ConsoleProcess, startConsoleProcess } from '../../dev/start/console-process';
