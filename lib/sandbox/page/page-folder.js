// The one place that differs between the package's two module formats: the build writes it anew for CommonJS.
export const pageFolder = import.meta.dirname;
