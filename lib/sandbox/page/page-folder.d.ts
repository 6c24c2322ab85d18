/** Where this file is, and with it the page's files. */
export declare const pageFolder: string;
