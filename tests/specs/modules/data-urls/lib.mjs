export default `from a file, main: ${import.meta.main}`;
