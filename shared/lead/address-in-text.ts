/** An e-mail address wherever it stands in a text, quoted or in brackets. */
export const addressInText = /[^\s@"<>(),:;\\[\]]+@[^\s@"'<>(),:;\\[\]]+\.[^\s@"'<>(),:;\\[\]]+/u;
